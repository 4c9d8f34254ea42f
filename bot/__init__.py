"""Golden Ear: a customer's own words reach the employee who earned them, at once and every morning."""

__version__ = "0.1.0"
