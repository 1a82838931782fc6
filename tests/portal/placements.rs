//! What hangs where.
