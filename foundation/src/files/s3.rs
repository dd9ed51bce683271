//! Files in an S3-compatible service: MinIO, Ceph, or a provider's.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, PutMode, RetryConfig};

use super::{Files, FilesError};

/// A clerk waits for the answer: what cannot be reached is said within this.
const PATIENCE: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(5);
const RETRIES: usize = 3;

/// Where the service is and who asks.
#[derive(Clone)]
pub struct S3 {
    /// `s3://BUCKET` or `s3://BUCKET/PREFIX`.
    pub url: String,
    /// `https://HOST:PORT` of the service; none for Amazon's own.
    pub endpoint: Option<String>,
    /// The region that signatures name.
    pub region: String,
    /// Name and secret of the key; none for what the machine gives (`AWS_…` variables, roles).
    pub key: Option<(String, String)>,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3").field("url", &self.url).field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl S3 {
    /// Bucket and prefix of the address.
    fn place(&self) -> Result<(&str, &str), FilesError> {
        let rest = self.url.strip_prefix("s3://").unwrap_or_default();
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(FilesError::Address(format!("{} names no bucket: s3://BUCKET/PREFIX", self.url)));
        }
        Ok((bucket, prefix.trim_matches('/')))
    }
}

impl Files {
    /// Opens the store in a bucket. Nothing is asked of the service before the first file;
    /// [`Files::probe`] asks.
    ///
    /// # Errors
    /// [`FilesError::Address`] if the address makes no sense.
    pub fn s3(s3: &S3) -> Result<Self, FilesError> {
        let (bucket, prefix) = s3.place()?;
        // The choice of a provider can be made once in a process; a server with HTTPS makes it too.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let mut builder = match &s3.key {
            Some((name, secret)) => AmazonS3Builder::new().with_access_key_id(name).with_secret_access_key(secret),
            None => AmazonS3Builder::from_env(),
        };
        if let Some(endpoint) = &s3.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let plain = s3.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let client = ClientOptions::new().with_allow_http(plain).with_timeout(PATIENCE).with_connect_timeout(CONNECT);
        let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: RETRIES, retry_timeout: PATIENCE };
        let store = builder
            .with_bucket_name(bucket)
            .with_region(&s3.region)
            .with_client_options(client)
            .with_retry(retry)
            .build()
            .map_err(|error| FilesError::Address(error.to_string()))?;
        // A file's address is the hash of its bytes: writing it twice writes the same, and not every
        // service knows a condition on writing.
        let put = PutMode::Overwrite;
        Ok(if prefix.is_empty() {
            Files { store: Arc::new(store), put }
        } else {
            Files { store: Arc::new(PrefixStore::new(store, prefix)), put }
        })
    }
}
