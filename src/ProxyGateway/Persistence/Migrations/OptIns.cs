using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>
/// Keeps when people opted in again, in the row of their opt-out, which is one no longer once it has no time. A gateway of before
/// may still write such rows, as it knows nothing of the new column.
/// </summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261122_0009_OptIns")]
internal sealed class OptIns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE gateway.opt_outs ADD COLUMN opted_in_at timestamptz, ALTER COLUMN opted_out_at DROP NOT NULL;
        """);
}
