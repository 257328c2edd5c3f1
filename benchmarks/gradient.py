"""Cost of a gradient against the course alone, and its memory, by batch: `python benchmarks/gradient.py`."""

import statistics

import jax
import jax.numpy as jnp
import numpy as np
from _timing import rounds, spread, table

from repigment.engine.batching import defaults
from repigment.engine.gradient import Maps, outcome, outcome_and_gradient
from repigment.engine.wellmixed import healthy_state
from repigment.skin.exposure import Channel, untreated
from repigment.skin.fields import Field
from repigment.skin.patch import lay_out

GRID, DX, WEEKS = 24, 0.3, 8
CHOSEN = ("theta", "r_b", "k_K", "dl_R", "sig_C", "g0", "kap_R", "p_L", "nb_kT", "mu", "K_m")


def lesions(batch: int) -> tuple[Maps, jax.Array]:
    """White lesions under light, and their exposure."""
    patches = [lay_out(GRID, DX, 2.85, 0.5, np.random.default_rng(row)) for row in range(batch)]
    state = np.broadcast_to(healthy_state(1, 0.3)[0][None, :, None, None], (batch, len(Field), GRID, GRID)).copy()
    white = np.stack([patch.lesion for patch in patches])
    for field in (0, 5, 6):
        state[:, field][white] = 0.02
    state[:, 12][white] = 0.5
    maps = Maps(state, np.stack([p.follicles for p in patches]), white * 1.0, white / white.sum(), 1.0 - white)
    days = untreated(7 * WEEKS)[:, :, None].repeat(batch, 2)
    days[::2, Channel.UV_DOSE] = 3.0
    return Maps(*(jnp.asarray(each, jnp.float32) for each in maps)), jnp.asarray(days)


def main() -> None:
    """Print milliseconds per lesion and eight weeks, and the ratio of gradient to course, round by round."""
    rest = {name: value for name, value in defaults().items() if name not in CHOSEN}
    own = {name: defaults()[name] for name in CHOSEN} | {"theta": 1.0}
    jobs = {}
    for batch in (4, 16):
        maps, days = lesions(batch)
        given = {name: jnp.full((batch,), value, jnp.float32) for name, value in own.items()}
        both = jax.jit(lambda given, days, maps: outcome_and_gradient(given, days, rest, maps, dx=DX))
        jobs[f"course {batch}"] = lambda g=given, d=days, m=maps: jax.block_until_ready(
            outcome(g, d, rest, m, dx=DX, steps=2, quantity="depigmented")
        )
        jobs[f"gradient {batch}"] = lambda g=given, d=days, m=maps, f=both: jax.block_until_ready(f(g, d, m))
    seconds = rounds(jobs, count=5)
    rows = []
    for batch in (4, 16):
        course, gradient = seconds[f"course {batch}"], seconds[f"gradient {batch}"]
        ratios = [back / forth for back, forth in zip(gradient, course, strict=True)]
        per = 1000 / batch
        rows.append(
            [str(batch), spread([per * s for s in course]), spread([per * s for s in gradient]), spread(ratios)]
        )
        assert statistics.median(ratios) > 1
    table(["lesions", "course, ms per lesion", "course and gradient, ms per lesion", "ratio"], rows)


if __name__ == "__main__":
    main()
