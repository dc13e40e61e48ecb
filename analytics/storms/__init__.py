"""Storms: crowds of answers that come within hours from one place, found by when and from where alone.

What was answered is never among what is looked at here: no function of this room takes an answer.
"""
