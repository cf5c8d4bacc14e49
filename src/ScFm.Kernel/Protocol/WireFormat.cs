using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScFm.Kernel.Protocol;

/// <summary>The frames of a message: identities, delimiter, signature, header, parent, metadata, content, buffers.</summary>
internal sealed class WireFormat(MessageSigner signer)
{
    private const int JsonFrames = 4;
    private static readonly byte[] Delimiter = Encoding.ASCII.GetBytes("<IDS|MSG>");
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal List<byte[]> Encode(JupyterMessage message)
    {
        byte[][] json = [Serialize(message.Header), Serialize(message.Parent), Serialize(message.Metadata), Serialize(message.Content)];
        return [.. message.Identities, Delimiter, signer.Sign(json), .. json];
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidDataException">The frames are not a message, or the signature is wrong.</exception>
    internal JupyterMessage Decode(List<byte[]> frames)
    {
        var delimiter = frames.FindIndex(frame => frame.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0 || frames.Count < delimiter + 2 + JsonFrames)
        {
            throw new InvalidDataException($"A message of {frames.Count} frames is not a Jupyter message.");
        }

        byte[][] json = [.. frames.Skip(delimiter + 2).Take(JsonFrames)];
        if (!signer.Verify(json, frames[delimiter + 1]))
        {
            throw new InvalidDataException("A message with a wrong signature was dropped.");
        }

        return new JupyterMessage
        {
            Identities = frames.GetRange(0, delimiter),
            Header = Parse(json[0]),
            Parent = Parse(json[1]),
            Metadata = Parse(json[2]),
            Content = Parse(json[3]),
        };
    }

    private static byte[] Serialize(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(Json));

    private static JsonObject Parse(byte[] frame)
    {
        try
        {
            return JsonNode.Parse(frame) as JsonObject ?? throw new InvalidDataException("A frame of a message is not a JSON object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"A frame of a message is not JSON: {error.Message}", error);
        }
    }
}
