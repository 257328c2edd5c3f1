"""Photographs as files: what may be read, how it is decoded, and the light that it holds."""
