"""The languages that figures, disclosures and files speak: English in the code, a catalogue for each other one."""
