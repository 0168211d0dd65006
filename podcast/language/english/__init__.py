"""The English room: numbers, dates, names, phrases, stop words."""
