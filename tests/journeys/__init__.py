"""Journeys: what people do with the product, from the first click to the mail."""
