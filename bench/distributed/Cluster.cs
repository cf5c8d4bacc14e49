/// <summary>Cards in nodes, on paper.</summary>
/// <param name="CardsInNode">Cards that are linked to each other.</param>
/// <param name="Link">What a card sends to its neighbour in the node, bytes/s.</param>
/// <param name="Network">What a card's share of the network sends to another node, bytes/s.</param>
/// <param name="Latency">Of a message between neighbours, s.</param>
internal sealed record Cluster(int CardsInNode, double Link, double Network, double Latency)
{
    /// <summary>
    /// Seconds in which a tensor is summed over all cards: rings in the nodes leave each card a part of its node's sum, rings across the nodes sum the
    /// parts, and rings in the nodes bring them together. A ring of r sends 2 (r - 1) / r of its bytes over each link, in 2 (r - 1) messages.
    /// </summary>
    /// <param name="cards">Number of cards.</param>
    /// <param name="bytes">Size of the tensor.</param>
    public double TimeToSum(int cards, double bytes)
    {
        var inNode = Math.Min(cards, CardsInNode);
        var nodes = (cards + CardsInNode - 1) / CardsInNode;
        return Ring(inNode, bytes, Link) + Ring(nodes, bytes / inNode, Network);
    }

    private double Ring(int members, double bytes, double bandwidth) => 2.0 * (members - 1) / members * bytes / bandwidth + 2 * (members - 1) * Latency;
}
