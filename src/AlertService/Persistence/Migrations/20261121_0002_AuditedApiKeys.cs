using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.AlertService.Persistence.Migrations;

/// <summary>The audit log says which key to the public API an event is about.</summary>
[DbContext(typeof(AlertDbContext))]
[Migration("20261121_0002_AuditedApiKeys")]
internal sealed class AuditedApiKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE alerts.audit ADD COLUMN api_key_id uuid");
}
