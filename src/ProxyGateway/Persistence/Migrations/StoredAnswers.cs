using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>Answers to POSTs with an Idempotency-Key.</summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261121_0005_StoredAnswers")]
internal sealed class StoredAnswers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE gateway.stored_answers (
            organisation_id uuid NOT NULL,
            endpoint text NOT NULL,
            key_hash bytea NOT NULL,
            request_hash bytea NOT NULL,
            claim uuid NOT NULL,
            created_at timestamptz NOT NULL,
            in_flight_until timestamptz NOT NULL,
            status smallint,
            location text,
            content_type text,
            body bytea,
            PRIMARY KEY (organisation_id, endpoint, key_hash)
        );
        CREATE INDEX stored_answers_age ON gateway.stored_answers (created_at);
        """);
}
