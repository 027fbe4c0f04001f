/** Words of one text line overlap in height by at least so much of the smaller one. */
const SAME_LINE = 0.5;

function isSameLine(one, other) {
    const overlap = Math.min(one[4], other[4]) - Math.max(one[2], other[2]);
    return overlap >= SAME_LINE * Math.min(one[4] - one[2], other[4] - other[2]);
}

/**
 * Indexes of the words from one to another as a person sees them: on one line all between them, over several lines
 * the words inside the rectangle that both span.
 *
 * @param {Array} words `[text, x0, y0, x1, y1]`
 * @param {number} from
 * @param {number} to
 */
export function between(words, from, to) {
    const [first, last] = [words[from], words[to]];
    if (!first || !last) {
        return [];
    }
    const left = Math.min(first[1], last[1]);
    const right = Math.max(first[3], last[3]);
    const isOne = isSameLine(first, last);
    const top = Math.min(first[2], last[2]);
    const bottom = Math.max(first[4], last[4]);
    const center = (word) => [(word[1] + word[3]) / 2, (word[2] + word[4]) / 2];
    return words
        .map((word, index) => ({ word, index }))
        .filter(({ word }) => {
            const [x, y] = center(word);
            const isBeside = x >= left && x <= right;
            return isBeside && (isOne ? isSameLine(word, first) : y >= top && y <= bottom);
        })
        .map(({ index }) => index);
}
