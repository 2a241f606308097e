using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>
/// What is sent because a text failed, or is not; and an index of the status reports that are not known to be of a text of
/// ours.
/// </summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261121_0006_FailedTexts")]
internal sealed class FailedTexts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE gateway.outbound ADD COLUMN retry_of uuid;
        CREATE UNIQUE INDEX outbound_retry_of ON gateway.outbound (retry_of) WHERE retry_of IS NOT NULL;
        CREATE TABLE gateway.dropped_texts (
            id uuid PRIMARY KEY,
            failed_id uuid NOT NULL,
            reason text NOT NULL,
            dropped_at timestamptz NOT NULL
        );
        CREATE INDEX status_events_unmatched ON gateway.status_events (received_at) WHERE message_id IS NULL;
        """);
}
