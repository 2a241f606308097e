using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

using PhoneMasking.Airtable.Records;
using PhoneMasking.Airtable.Schema;

namespace PhoneMasking.Airtable.Transport;

/// <summary>Airtable's JSON, with generated code. Unknown properties are passed over.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RecordPage))]
[JsonSerializable(typeof(ListBody))]
[JsonSerializable(typeof(WriteBody))]
[JsonSerializable(typeof(TableList))]
[JsonSerializable(typeof(NewTable))]
[JsonSerializable(typeof(NewField))]
[JsonSerializable(typeof(NameBody))]
[JsonSerializable(typeof(DeletedList))]
internal sealed partial class AirtableJson : JsonSerializerContext;

/// <summary>One page of records, or the records that were written.</summary>
internal sealed record RecordPage
{
    public required IReadOnlyList<AirtableRecord> Records { get; init; }

    /// <summary>Where the next page begins; none on the last.</summary>
    public string? Offset { get; init; }

    public IReadOnlyList<string>? CreatedRecords { get; init; }

    public IReadOnlyList<string>? UpdatedRecords { get; init; }
}

/// <summary>Asks for a page of records.</summary>
internal sealed record ListBody(
    int PageSize, string? FilterByFormula, IReadOnlyList<string>? Fields, string? Offset);

/// <summary>Records to write.</summary>
internal sealed record WriteBody(IReadOnlyList<WrittenRecord> Records, bool? Typecast, MergeFields? PerformUpsert = null);

internal sealed record WrittenRecord(string? Id, JsonObject Fields);

internal sealed record MergeFields(IReadOnlyList<string> FieldsToMergeOn);

internal sealed record TableList
{
    public required IReadOnlyList<AirtableTable> Tables { get; init; }
}

internal sealed record NameBody(string Name);

internal sealed record DeletedList
{
    public required IReadOnlyList<DeletedRecord> Records { get; init; }
}

internal sealed record DeletedRecord
{
    public required string Id { get; init; }
}
