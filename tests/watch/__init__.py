"""The SDKs on this machine against the Handbook: does each of their errors lead somewhere?"""
