using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.NumberService.Persistence.Migrations;

/// <summary>A number that failed keeps the step at which it did when it is retired.</summary>
[DbContext(typeof(NumberDbContext))]
[Migration("20261121_0009_RetiredAfterFailing")]
internal sealed class RetiredAfterFailing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE numbers.numbers
            DROP CONSTRAINT numbers_failed_has_step,
            ADD CONSTRAINT numbers_failed_has_step CHECK (
                stage = 'Retired' OR (stage = 'Failed') = (failed_step IS NOT NULL));
        """);
}
