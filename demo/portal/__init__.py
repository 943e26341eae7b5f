"""The embedded demo portal: a double of the Vlaams Biodiversiteitsportaal on the loopback.

Written from the services' contracts, quirks and failures included; it knows nothing of the plugin.
"""
