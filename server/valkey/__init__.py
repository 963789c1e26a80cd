"""Valkey: live events and wake-up calls; nothing that can't be lost."""
