//! The SDK's HTTP client that goes nowhere.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::dispatch::{self, Broken};
use crate::sandbox::State;

/// Hands every request to the model in this process.
#[derive(Debug, Clone)]
pub(crate) struct InProcess {
    pub state: Arc<State>,
}

impl HttpClient for InProcess {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let state = self.state.clone();
        HttpConnectorFuture::new(async move {
            let request = request
                .try_into_http1x()
                .map_err(|error| ConnectorError::user(error.into()))?;
            let reply = dispatch::answer(&state, request)
                .await
                .map_err(|broken| match broken {
                    Broken::Reset => ConnectorError::io(
                        std::io::Error::new(
                            std::io::ErrorKind::ConnectionReset,
                            "the connection was reset (a fault on demand)",
                        )
                        .into(),
                    ),
                    Broken::Request(error) => ConnectorError::user(error),
                    Broken::Inside(error) => ConnectorError::other(error, None),
                })?;
            HttpResponse::try_from(reply).map_err(|error| ConnectorError::user(error.into()))
        })
    }
}
