"""Door for officials: inbox, case page, check, advise, decide, sign."""
