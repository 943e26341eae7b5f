"""A real Keycloak, with the portal's realm and one that stands for ACM/IDM: see README.md."""
