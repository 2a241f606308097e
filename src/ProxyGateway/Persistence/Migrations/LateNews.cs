using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>Texts that wait until the gateway knows whom they are for (docs/adr/0016).</summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261121_0008_LateNews")]
internal sealed class LateNews : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE gateway.directory_loads (
            first boolean PRIMARY KEY DEFAULT true CHECK (first),
            loaded_at timestamptz NOT NULL
        );
        ALTER TABLE gateway.inbound ADD COLUMN decide_by timestamptz;
        CREATE INDEX inbound_awaiting ON gateway.inbound (decide_by) WHERE state = 0 AND decide_by IS NOT NULL;
        """);
}
