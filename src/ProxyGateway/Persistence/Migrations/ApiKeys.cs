using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>Keys to the public API, as hashes.</summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261121_0002_ApiKeys")]
internal sealed class ApiKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE gateway.api_keys (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            name text NOT NULL,
            prefix text NOT NULL,
            hash bytea NOT NULL UNIQUE,
            scopes text[] NOT NULL,
            created_at timestamptz NOT NULL,
            last_used_at timestamptz,
            revoked_at timestamptz
        );
        CREATE INDEX api_keys_prefix ON gateway.api_keys (prefix);
        CREATE INDEX api_keys_list ON gateway.api_keys (organisation_id, id);
        """);
}
