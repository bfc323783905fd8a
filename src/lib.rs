//! cardlift
