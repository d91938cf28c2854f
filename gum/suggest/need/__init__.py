"""How likely it is that the person could do with help just now, from what they did last.

One estimate for the gate and for the evaluation: both turn events into `Step`s, and steps into the same few features.
"""
