"""Measures of speed and quality; the results are kept beside the code that made them."""
