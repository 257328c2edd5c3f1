"""The arms of a study: who gets what, and who is randomised again later."""

from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from repigment.treatments import Treatment, treatments
from repigment.trials.protocol.fields import Name, Note, Part, Patients, Week

if TYPE_CHECKING:
    AnyTreatment = Treatment
else:  # the treatments find themselves, so that their union is only known at run time
    AnyTreatment = Annotated[Union[tuple(treatments().values())], Field(discriminator="give")]  # noqa: UP007


class Arm(Part):
    """One arm: `n` patients and everything that they are given.

    `label` says which lesion or half of the body it is where a patient is his own control.
    """

    name: Name
    n: Patients
    label: Note = ""
    treatments: Annotated[tuple[AnyTreatment, ...], Field(min_length=1, max_length=12)]


class Withdrawal(Part):
    """A second randomisation at `week` of those who fulfil `criterion`; all others stay in their arm.

    The `n` of these arms are places: however many patients qualify, each is drawn into an arm by lot in this ratio.
    """

    week: Week
    criterion: Name
    arms: Annotated[tuple[Arm, ...], Field(alias="arm", min_length=2, max_length=20)]
