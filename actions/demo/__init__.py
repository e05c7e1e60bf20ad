"""The demo estate: a company with two sites whose last sixty days look like a real one's.

estate.py says in which order it is built; the words are in the CSV files beside it.
"""
