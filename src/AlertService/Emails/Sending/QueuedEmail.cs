using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>
/// An e-mail to the owner, kept as it was written: every attempt sends the same, which is what an Idempotency-Key demands.
/// </summary>
internal sealed class QueuedEmail
{
    public required Guid Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Template { get; init; }

    /// <summary>What it was written for, the id of an event's message for example; unique within organisation and template.</summary>
    public required string Cause { get; init; }

    /// <summary>What it is about when such e-mails are limited to one in a while, a sitter's id for example.</summary>
    public string? Topic { get; init; }

    public required string Subject { get; init; }

    public required string TextBody { get; init; }

    public required string HtmlBody { get; init; }

    public required EmailState State { get; init; }

    /// <summary>Attempts begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>Whether an attempt was begun whose end is not known, or is still under way.</summary>
    public required bool MaybeTaken { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? Problem { get; init; }

    /// <summary>The e-mail service's id of it.</summary>
    public string? ProviderId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is to be tried; while an attempt is under way, when that counts as interrupted.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? FirstAttemptAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public EmailView ToView() => new(
        Id, Template, Subject, State, Attempts, Problem, CreatedAt, State == EmailState.Waiting ? DueAt : null, EndedAt);
}

internal sealed class QueuedEmailConfiguration : IEntityTypeConfiguration<QueuedEmail>
{
    public void Configure(EntityTypeBuilder<QueuedEmail> builder)
    {
        builder.ToTable("emails");
        builder.HasKey(email => email.Id);
        builder.Property(email => email.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(email => email.OrganisationId).HasColumnName("organisation_id");
        builder.Property(email => email.Template).HasColumnName("template");
        builder.Property(email => email.Cause).HasColumnName("cause");
        builder.Property(email => email.Topic).HasColumnName("topic");
        builder.Property(email => email.Subject).HasColumnName("subject");
        builder.Property(email => email.TextBody).HasColumnName("text_body");
        builder.Property(email => email.HtmlBody).HasColumnName("html_body");
        builder.Property(email => email.State).HasColumnName("state").HasConversion<string>();
        builder.Property(email => email.Attempts).HasColumnName("attempts");
        builder.Property(email => email.MaybeTaken).HasColumnName("maybe_taken");
        builder.Property(email => email.Problem).HasColumnName("problem");
        builder.Property(email => email.ProviderId).HasColumnName("provider_id");
        builder.Property(email => email.CreatedAt).HasColumnName("created_at");
        builder.Property(email => email.DueAt).HasColumnName("due_at");
        builder.Property(email => email.FirstAttemptAt).HasColumnName("first_attempt_at");
        builder.Property(email => email.EndedAt).HasColumnName("ended_at");
    }
}
