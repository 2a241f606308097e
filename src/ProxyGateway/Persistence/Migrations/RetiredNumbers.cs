using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.ProxyGateway.Persistence.Migrations;

/// <summary>Frees the telephone number of what was given back to Twilio: the account may buy it again.</summary>
[DbContext(typeof(GatewayDbContext))]
[Migration("20261121_0004_RetiredNumbers")]
internal sealed class RetiredNumbers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE gateway.numbers ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();
        ALTER TABLE gateway.numbers DROP CONSTRAINT numbers_number_key;
        CREATE UNIQUE INDEX numbers_number ON gateway.numbers (number) WHERE status <> 4;
        CREATE INDEX numbers_history ON gateway.numbers (number, changed_at);
        """);
}
