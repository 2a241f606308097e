using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.NumberService.Persistence.Migrations;

/// <summary>What <c>setup</c> is just creating at Twilio.</summary>
[DbContext(typeof(NumberDbContext))]
[Migration("20261121_0008_Setup")]
internal sealed class SetupIntents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE numbers.setup_intents (
            organisation_id uuid NOT NULL,
            kind text NOT NULL,
            asked_at timestamptz NOT NULL,
            PRIMARY KEY (organisation_id, kind)
        );
        """);
}
