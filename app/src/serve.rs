//! `serve`: the pages over HTTP or HTTPS, until a signal asks to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use foundation::files::FilesError;
use foundation::web::{Cidr, ShellSettings, SiteInfo, messages::Digits, serve_pages};
use registry::RouteTable;
use registry::routes::mount;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::health;
use crate::node::Node;
use crate::output::Output;
use crate::post;

/// How long requests on their way may take after the signal.
const GRACE: Duration = Duration::from_secs(20);

/// Every route table of the program.
pub fn tables() -> Vec<RouteTable> {
    let mut tables = vec![registry::pages::routes()];
    tables.extend(window::route_tables());
    tables
}

/// All pages with the shell around them, and the probes beside them.
pub fn router(node: &Arc<Node>, config: &Config) -> Result<Router> {
    let pages = mount(tables(), node.site.clone())
        .layer(node.office.layer())
        .layer(node.published_keys()?.layer())
        .layer(axum::Extension(node.views.clone()));
    let pages = pages.merge(foundation::web::assets::routes());
    let mut settings = ShellSettings::new(site_info(config));
    settings.trusted_proxies = proxies(config.get("server.trusted_proxies"))?;
    let beside = health::routes(node.clone(), config).merge(post::callbacks(&node.post.post, config));
    Ok(serve_pages(pages, settings).merge(beside))
}

/// Serves until SIGTERM or SIGINT, then lets requests end and flushes what is buffered.
pub async fn run(node: Node, config: &Config, out: &Output) -> Result<()> {
    let node = Arc::new(node);
    files(&node).await?;
    let background = node.start().await?;
    let address: SocketAddr = config.get("server.listen").parse()?;
    let app = router(&node, config)?.into_make_service_with_connect_info::<SocketAddr>();
    out.say(&format!("شُبّاك  {}", config.public_url()));

    let handle = axum_server::Handle::new();
    tokio::spawn({
        let handle = handle.clone();
        async move {
            stop_signal().await;
            tracing::info!("stopping");
            handle.graceful_shutdown(Some(GRACE));
        }
    });
    match config.get("server.tls_certificate") {
        "" => {
            let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
            axum_server::from_tcp(listener.into_std()?)?.handle(handle).serve(app).await?;
        }
        certificate => {
            // The choice of a provider can be made once in a process; here is the once.
            let _chosen = rustls::crypto::ring::default_provider().install_default();
            let tls = axum_server::tls_rustls::RustlsConfig::from_pem_file(certificate, config.get("server.tls_key"))
                .await
                .with_context(|| format!("the certificate {certificate} or its key"))?;
            axum_server::bind_rustls(address, tls).handle(handle).serve(app).await?;
        }
    }
    node.views.flush().await?;
    drop(background);
    Ok(())
}

/// A key that the file store refuses, or a bucket that is not there, does not mend itself: it stops
/// the start. What is only away is told, and `/readyz` waits for it.
async fn files(node: &Node) -> Result<()> {
    match node.office.files().probe().await {
        Err(error @ (FilesError::Denied | FilesError::NoBucket | FilesError::Address(_))) => {
            Err(error).context("files.url, files.access_key, files.secret_key")
        }
        Err(error) => {
            tracing::error!(%error, "uploads cannot be stored now");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// What every page shows of the deployment.
pub fn site_info(config: &Config) -> SiteInfo {
    SiteInfo {
        name: config.get("site.name").to_owned(),
        name_en: config.get("site.name_en").to_owned(),
        public_url: config.public_url(),
        phone: config.get("site.phone").to_owned(),
        demo: config.demo(),
        help_of: manual::page_of,
        digits: if config.get("site.digits") == "arab" { Digits::Arab } else { Digits::Latn },
        ..SiteInfo::default()
    }
}

fn proxies(list: &str) -> Result<Vec<Cidr>> {
    let networks = list.split(',').map(str::trim).filter(|one| !one.is_empty());
    networks
        .map(|one| one.parse().map_err(|_| anyhow::anyhow!("server.trusted_proxies: «{one}» is no network")))
        .collect()
}

/// Waits for SIGTERM or SIGINT.
pub async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ended = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
