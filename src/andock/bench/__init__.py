"""Measuring the site as it is served, and regions of any size to measure it with. Above all other layers."""
