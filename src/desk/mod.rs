//! Floor 6: the desk, where staff work. Pages are put together here from what each noun shows of itself; what may be
//! done is asked of the verbs.

pub mod press;
