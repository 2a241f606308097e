using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>
/// Lets a text touch its session without touching the session's indexes: none holds the columns that every text changes,
/// the index of expiry only the day. And keeps texts that Twilio has not taken yet out of the index of Twilio's ids.
/// </summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261121_0003_LighterTouches")]
internal sealed class LighterTouches : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE gateway.sessions SET (fillfactor = 70);
        ALTER TABLE gateway.sessions ADD COLUMN expires_on date NOT NULL
            GENERATED ALWAYS AS ((expires_at AT TIME ZONE 'UTC')::date) STORED;
        DROP INDEX gateway.sessions_expiry;
        CREATE INDEX sessions_expiry ON gateway.sessions (expires_on) WHERE open;
        DROP INDEX gateway.sessions_of_pair;
        DROP INDEX gateway.sessions_of_thread;
        CREATE INDEX sessions_of_pair ON gateway.sessions (sitter_id, client_id);
        ALTER TABLE gateway.outbound DROP CONSTRAINT outbound_provider_sid_key;
        CREATE UNIQUE INDEX outbound_provider_sid ON gateway.outbound (provider_sid) WHERE provider_sid IS NOT NULL;
        """);
}
