"""Words a person reads are written in English where they are meant, and translated where they are printed."""


def N_(text: str) -> str:
    """Mark a text for translation here; a template or view translates it with `_()` when it prints it."""
    return text
