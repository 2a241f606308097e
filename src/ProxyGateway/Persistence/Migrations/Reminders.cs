using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>Lets a text that nothing decides on be queued again in growing gaps, not for ever at the same pace.</summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261122_0012_Reminders")]
internal sealed class Reminders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE gateway.inbound ADD COLUMN reminders smallint NOT NULL DEFAULT 0, ADD COLUMN remind_at timestamptz;
        """);
}
