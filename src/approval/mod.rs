//! Floor 3: the road from draft to page. Who submitted, approved, sent back or waived what, as rows that say who and when;
//! what waits for whom.
