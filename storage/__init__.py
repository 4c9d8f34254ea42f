"""Storage remembers: tables, transactions and queries; rows never leave it, frozen dataclasses do."""
