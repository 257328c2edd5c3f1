"""What happens in the skin: one process a file, summed by the engine."""

from repigment.biology.depot import depot
from repigment.biology.effectors import effectors
from repigment.biology.emission import emission
from repigment.biology.extinction import extinction
from repigment.biology.healing import healing
from repigment.biology.incontinence import incontinence
from repigment.biology.inflammation import inflammation
from repigment.biology.interferon import interferon
from repigment.biology.killing import killing
from repigment.biology.maturation import maturation
from repigment.biology.melanin import melanin
from repigment.biology.melanogenesis import melanogenesis
from repigment.biology.memory import memory
from repigment.biology.mobilisation import mobilisation
from repigment.biology.motility import motility
from repigment.biology.niche import niche
from repigment.biology.proliferation import proliferation
from repigment.biology.rates import Place, Process, Rates
from repigment.biology.regulation import regulation
from repigment.biology.renewal import renewal
from repigment.biology.replacement import replacement
from repigment.biology.stress import stress
from repigment.biology.uv_damage import uv_damage

PROCESSES: tuple[Process, ...] = (
    maturation,
    proliferation,
    mobilisation,
    killing,
    extinction,
    emission,
    renewal,
    motility,
    replacement,
    uv_damage,
    melanogenesis,
    melanin,
    incontinence,
    healing,
    inflammation,
    niche,
    interferon,
    effectors,
    memory,
    regulation,
    depot,
    stress,
)

__all__ = ["PROCESSES", "Place", "Process", "Rates"]
