//! The system calls of Windows.
