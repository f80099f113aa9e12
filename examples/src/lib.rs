//! The programs of the family stand in folders of their own beside this file, a folder a program.
