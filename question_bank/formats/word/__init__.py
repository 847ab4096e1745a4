"""Word documents: what they show, as lines of a paper and as tables."""

from question_bank.formats.word.document import Document, open_document

__all__ = ["Document", "open_document"]
