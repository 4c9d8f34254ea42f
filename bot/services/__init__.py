"""Services tell the story: one function per use case, session first, a frozen dataclass back."""
