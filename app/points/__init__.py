"""Points: rules, the append-only ledger, caps and totals. Knows no quiz and no lesson."""
