using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>
/// Tells opt-outs that people wrote from those that only a refusal of Twilio's told of: a START to any number ends these. What is
/// there already counts as written. A gateway of before may still write such rows, as it knows nothing of the new column.
/// </summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261122_0011_SharedOptOuts")]
internal sealed class SharedOptOuts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE gateway.opt_outs ADD COLUMN by_refusal boolean NOT NULL DEFAULT false;
        CREATE INDEX opt_outs_person ON gateway.opt_outs (number);
        """);
}
