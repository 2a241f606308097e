using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>
/// Leaves one index for the look-up of a conversation's first unsent text. With statistics from a moment without a backlog,
/// PostgreSQL read all that is due for each conversation instead: 4.6 s for a claim among 10,000 texts. What is due has
/// the same states in other words, and from "below 3" PostgreSQL does not conclude them.
/// </summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261121_0007_OneWayToTheHead")]
internal sealed class OneWayToTheHead : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP INDEX gateway.outbound_due;
        CREATE INDEX outbound_due ON gateway.outbound (due_at, sequence) WHERE state IN (0, 1, 2);
        """);
}
