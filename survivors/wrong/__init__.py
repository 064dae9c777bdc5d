"""Saying that something is wrong on a page: fixed reasons, counted, and nothing about who says so."""
