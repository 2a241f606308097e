using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>
/// Lets a status report change a text without touching an index: PostgreSQL renews the entries of all indexes when a
/// column of any changes, one in a condition included, so the conditions ask a column that no report changes. A part of
/// each page stays free for such changes. The table is written anew: texts wait for seconds if there are millions.
/// </summary>
/// <remarks>
/// Two conditions, for the reason of <see cref="OneWayToTheHead"/>: who asks for "is not null" does not find what says "is 1".
/// </remarks>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261122_0010_UnsentInAColumn")]
internal sealed class UnsentInAColumn : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP INDEX gateway.outbound_due, gateway.outbound_heads;
        ALTER TABLE gateway.outbound SET (fillfactor = 70);
        ALTER TABLE gateway.outbound
            ADD COLUMN unsent smallint GENERATED ALWAYS AS (CASE WHEN state < 3 THEN 1 END) STORED;
        CREATE INDEX outbound_due ON gateway.outbound (due_at, sequence) WHERE unsent = 1;
        CREATE INDEX outbound_heads ON gateway.outbound (conversation, sequence) WHERE unsent IS NOT NULL;
        """);
}
