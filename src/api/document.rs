//! The API described (OpenAPI 3.1): made from the table of its operations and from the shapes themselves.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::door;
use super::problem::{self, Problem};
use super::rate::OF_TOKEN;
use super::ways::{ROOT, Way, paths};
use crate::kit::words::{Lang, Words};
use crate::phrase;
use crate::web::Web;

pub async fn given(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let lang = door::language(&request);
    let document = made(&web.words, lang, &web.last_face().site.address);
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "accept-language"))
        .insert_header((header::CONTENT_LANGUAGE, lang.tag()))
        .content_type("application/json")
        .body(document.to_string())
}

pub fn made(words: &Words, lang: Lang, site: &str) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut schemas = SchemaGenerator::new(settings);
    let problem = schemas.subschema_for::<Problem>();
    let mut all = Map::new();
    for (path, ways) in paths() {
        let operations: Map<String, Value> =
            ways.iter().map(|way| (way.method.name().to_owned(), operation(words, lang, &mut schemas, way))).collect();
        all.insert(path.to_owned(), Value::Object(operations));
    }
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": words.text(lang, "api-title"),
            "description": words.say(lang, &phrase!("api-about", most = OF_TOKEN)),
            "version": "1",
        },
        "servers": [{ "url": format!("{site}{ROOT}") }],
        "security": [{ "token": [] }],
        "paths": all,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": words.text(lang, "api-token") } },
            "responses": {
                "Problem": {
                    "description": words.text(lang, "api-problem"),
                    "content": { problem::MIME: { "schema": problem } },
                },
            },
            "schemas": schemas.take_definitions(true),
        },
    })
}

fn operation(words: &Words, lang: Lang, schemas: &mut SchemaGenerator, way: &Way) -> Value {
    let mut parameters: Vec<Value> = way
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "integer", "minimum": 1 } }))
        .collect();
    if way.is_conditional {
        parameters.push(json!({
            "name": "If-Match",
            "in": "header",
            "required": true,
            "description": words.text(lang, "api-if-match"),
            "schema": { "type": "string" },
        }));
    }
    if let Some(query) = way.query {
        parameters.extend(asked(schemas, query));
    }
    let mut reply = json!({
        "description": words.text(lang, "api-done"),
        "content": { "application/json": { "schema": (way.reply)(schemas) } },
    });
    if way.is_sealed {
        reply["headers"] = json!({ "ETag": { "description": words.text(lang, "api-etag"), "schema": { "type": "string" } } });
    }
    let mut operation = json!({
        "operationId": way.name,
        "summary": words.text(lang, &format!("api-op-{}", way.name)),
        "parameters": parameters,
        "responses": { way.status.to_string(): reply, "default": { "$ref": "#/components/responses/Problem" } },
        // What a token must open: OpenAPI knows scopes of OAuth only.
        "x-scope": way.scope.iter().map(|verb| verb.name()).collect::<Vec<_>>(),
    });
    if let Some(body) = way.body {
        operation["requestBody"] = json!({ "content": { "application/json": { "schema": body(schemas) } } });
    }
    operation
}

/// A question's shape, as parameters. It is no shape that anything else refers to, so it leaves the schemas again.
fn asked(schemas: &mut SchemaGenerator, query: super::ways::Shape) -> Vec<Value> {
    let reference = query(schemas);
    let name = reference.as_value()["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned();
    let Some(Value::Object(shape)) = schemas.definitions_mut().remove(&name) else { return Vec::new() };
    let Some(Value::Object(properties)) = shape.get("properties").cloned() else { return Vec::new() };
    let each = properties.into_iter().map(|(name, mut schema)| {
        let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        let mut parameter = json!({ "name": name, "in": "query", "schema": present(schema) });
        description.into_iter().for_each(|text| parameter["description"] = text);
        parameter
    });
    each.collect()
}

/// A parameter is left out, and never null.
fn present(mut schema: Value) -> Value {
    let is_null = |one: &Value| *one == json!("null") || one["type"] == json!("null");
    if let Some(Value::Array(either)) = schema.get("anyOf") {
        return either.iter().find(|one| !is_null(one)).cloned().unwrap_or_default();
    }
    if let Some(shape) = schema.as_object_mut() {
        shape.remove("default");
        if let Some(Value::Array(types)) = shape.get_mut("type") {
            types.retain(|one| !is_null(one));
        }
    }
    schema
}
