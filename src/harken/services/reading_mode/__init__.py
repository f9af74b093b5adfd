"""Reading to get familiar: answer after answer without codes, with stars and memos; what is read is noted."""

from harken.services.reading_mode.order import ReadingPlace, ReadingProgress
from harken.services.reading_mode.session import ReadingAnswer, ReadingSession

__all__ = ["ReadingAnswer", "ReadingPlace", "ReadingProgress", "ReadingSession"]
