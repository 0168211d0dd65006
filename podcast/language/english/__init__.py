"""What is English about all this: numbers, dates, names, phrases, stop words."""
