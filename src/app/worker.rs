//! What recurs. Nothing a reader sees depends on it: visibility is decided when it is read.

use std::time::Duration;

use super::App;

const FLUSH_EVERY: Duration = Duration::from_secs(10);

/// Runs until the runtime stops. A failure is logged and tried again at the next turn.
pub async fn run(app: App) {
    let mut every = tokio::time::interval(FLUSH_EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let app = app.clone();
        match actix_web::web::block(move || app.flush()).await {
            Ok(Ok(())) => {}
            Ok(Err(refusal)) => tracing::warn!("views wait: {refusal}"),
            Err(cancelled) => tracing::warn!("views wait: {cancelled}"),
        }
    }
}
