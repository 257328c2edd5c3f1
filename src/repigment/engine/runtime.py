"""Where compiled programs are kept, so that only the first run of a version waits for the compiler."""

from functools import cache

import jax

from repigment.saving import cache_folder


@cache
def keep_compiled() -> None:
    """Turn on JAX's compilation cache; without a writable folder every run compiles, and nothing else changes."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.3)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
